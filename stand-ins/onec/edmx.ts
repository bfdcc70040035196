import type { Behaviour } from './behaviour.ts';
import { keyNames, type FieldModel, type SetModel, storages, wireFields } from './shape.ts';

/** `$metadata` with as many further sets, shaped like those that are there, as make it so large. */
export function largeEdmx(
  sets: readonly SetModel[],
  { publishMaxLength, metadataSize }: Pick<Behaviour, 'publishMaxLength' | 'metadataSize'>,
): string {
  const alone = edmx(sets, publishMaxLength);
  const copies = Math.ceil(metadataSize / Buffer.byteLength(alone));
  if (copies < 2) return alone;
  const more = Array.from({ length: copies - 1 }, (_each, number) => sets.map((set) => renamed(set, number + 1)));
  return edmx([...sets, ...more.flat()], publishMaxLength);
}

function renamed(set: SetModel, number: number): SetModel {
  return { ...set, name: set.name.replace('_', `_${number}`) };
}

/**
 * `$metadata` in the shape of a real one (data/1c/metadata-accounting.xml): BOM, no EntitySet on functions, no
 * AssociationSet.
 */
function edmx(sets: readonly SetModel[], publishMaxLength: boolean): string {
  const parts: string[] = [];
  for (const set of sets) {
    const open = Object.values(set.fields).some(({ type }) => type === 'composite') ? ' OpenType="true"' : '';
    parts.push(
      `<EntityType Name="${set.name}"${open}><Key>${keyNames(set)
        .map((name) => `<PropertyRef Name="${name}"/>`)
        .join('')}</Key>`,
    );
    parts.push(properties(set.fields, publishMaxLength));
    for (const name of Object.keys(set.sections))
      parts.push(
        `<Property Name="${name}" Type="Collection(StandardODATA.${set.name}_${name}_RowType)" Nullable="true"/>`,
      );
    parts.push(ways(set.name, set.fields), '</EntityType>');
    for (const [name, columns] of Object.entries(set.sections)) {
      const line: Readonly<Record<string, FieldModel>> = {
        Ref_Key: { type: 'guid' },
        LineNumber: { type: 'int64' },
        ...columns,
      };
      const section = `${set.name}_${name}`;
      parts.push(
        `<EntityType Name="${section}"><Key><PropertyRef Name="Ref_Key"/><PropertyRef ` +
          `Name="LineNumber"/></Key>${properties(line, publishMaxLength)}${ways(section, columns)}</EntityType>`,
      );
      parts.push(`<ComplexType Name="${section}_RowType">${properties(line, publishMaxLength)}</ComplexType>`);
    }
  }
  for (const set of sets)
    parts.push(
      associations(set.name, set.fields),
      ...Object.entries(set.sections).map(([name, columns]) => associations(`${set.name}_${name}`, columns)),
    );
  parts.push('<EntityContainer Name="EnterpriseV8" m:IsDefaultEntityContainer="true">');
  for (const set of sets)
    for (const name of [set.name, ...Object.keys(set.sections).map((section) => `${set.name}_${section}`)])
      parts.push(`<EntitySet Name="${name}" EntityType="StandardODATA.${name}"/>`);
  for (const { name } of sets.filter(({ kind }) => kind === 'document'))
    for (const verb of ['Post', 'Unpost']) parts.push(functionImport(verb, name));
  parts.push('</EntityContainer>');
  return (
    `\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<edmx:Edmx ` +
    'xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" Version="1.0"><edmx:DataServices ' +
    'xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" m:DataServiceVersion="3.0" ' +
    'm:MaxDataServiceVersion="3.0"><Schema xmlns="http://schemas.microsoft.com/ado/2009/11/edm" ' +
    `Namespace="StandardODATA">${parts.join('\n')}</Schema></edmx:DataServices></edmx:Edmx>`
  );
}

function properties(fields: Readonly<Record<string, FieldModel>>, publishMaxLength: boolean): string {
  const streams = storages(fields).map((name) => `<Property Name="${name}" Type="Edm.Stream" Nullable="true"/>`);
  const properties = wireFields(fields)
    .map(({ name, edm, model }) => {
      const length =
        publishMaxLength && edm === 'Edm.String' && model.length !== undefined ? ` MaxLength="${model.length}"` : '';
      return `<Property Name="${name}" Type="${edm}" Nullable="${name === 'Ref_Key' ? 'false' : 'true'}"${length}/>`;
    })
    .join('');
  return streams.join('') + properties;
}

function ways(owner: string, fields: Readonly<Record<string, FieldModel>>): string {
  return references(fields)
    .map(
      ([name]) =>
        `<NavigationProperty Name="${name}" Relationship="StandardODATA.${owner}_${name}" FromRole="Begin" ` +
        'ToRole="End"/>',
    )
    .join('');
}

function associations(owner: string, fields: Readonly<Record<string, FieldModel>>): string {
  return references(fields)
    .map(
      ([name, target]) =>
        `<Association Name="${owner}_${name}"><End Role="Begin" Type="StandardODATA.${owner}" ` +
        `Multiplicity="*"/><End Role="End" Type="StandardODATA.${target}" Multiplicity="0..1"/></Association>`,
    )
    .join('');
}

function references(fields: Readonly<Record<string, FieldModel>>): [string, string][] {
  return Object.entries(fields).flatMap(([name, { type, to }]): [string, string][] =>
    type === 'reference' && to !== undefined ? [[name, to]] : [],
  );
}

function functionImport(verb: string, set: string): string {
  return (
    `<FunctionImport Name="${verb}" IsBindable="true" IsSideEffecting="true"><Parameter ` +
    `Name="bindingParameter" Type="StandardODATA.${set}"/><Parameter Name="PostingModeOperational" ` +
    'Type="Edm.Boolean"/></FunctionImport>'
  );
}

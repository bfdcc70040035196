import type { Language } from '../../text.ts';
import { className } from './class-file.ts';

/** The conformance suite over a stand-in of the target, which is to be made like the real one. */
export function testFile(name: string, language: Language): string {
  const say = (ru: string, en: string): string => (language === 'ru' ? ru : en);
  const made = className(name);
  return `// ${say('Запуск', 'Run it')}: huntflow-connector adapter test ${name}
import { type AdapterHarness, describeAdapter, FaultServer, toolsFor } from 'huntflow-connector/testing';
import ${made}, { type Employee } from './${name}.ts';

/** ${say('Вместо цели: сделайте её похожей на настоящую, вместе с её отказами.', 'In place of the target: make it like the real one, refusals and all.')} */
async function harness(timeout: number): Promise<AdapterHarness<Employee>> {
  const employees = new Map<string, string>();
  const server = await FaultServer.start(({ method, path, headers, body }) => {
    if (headers.authorization !== 'Bearer made-up-token') return { status: 401 };
    if (method === 'GET') return { status: 200, body: '[]' };
    const { applicant, name }: { applicant?: number; name?: string } = JSON.parse(body.toString());
    if (name === 'Refused Person') return { status: 422, body: '{"code":"name_refused"}' };
    const key = headers['idempotency-key'] ?? \`no key \${employees.size}\`;
    if (method === 'POST' && !employees.has(key)) employees.set(key, \`E-\${applicant}\`);
    return { status: method === 'POST' ? 201 : 200, body: JSON.stringify({ id: employees.get(key) ?? path.split('/').at(-1) }) };
  });
  return {
    adapterClass: ${made},
    settings: { url: server.url, token: 'made-up-token' },
    tools: toolsFor({ timeout }),
    record: (n) => ({ applicant: n, name: 'Иванова Анна', from: '2026-12-01' }),
    refused: { applicant: 66, name: 'Refused Person', from: '2026-12-01' },
    secrets: ['Иванова', 'Refused Person', 'made-up-token'],
    effects: () => employees.size,
    server,
  };
}

// ${say('Контракт и все сбои HTTP, строка за строкой; чего адаптер не может, называет { cannot }.', 'The contract and every fault of HTTP, row by row; { cannot } names what an adapter cannot do.')}
describeAdapter('${name}', harness);
`;
}

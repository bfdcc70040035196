import type { Configuration } from 'openid-client';
import type { OidcConfig } from '../../config/console.ts';
import { ApiError } from '../api/api-error.ts';
import { property } from '../../process/property.ts';

/** What the browser keeps between leaving for the provider and coming back. */
export interface LoginUnderWay {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The page that was wanted. */
  readonly to: string;
}

/** How long an answer of the provider says how it works; milliseconds of a clock that nobody sets. */
const known = 3_600_000;

/** OpenID Connect with a provider: authorization code with PKCE. Its library is loaded with the first login. */
export class SingleSignOn {
  readonly #config: OidcConfig;
  #provider: Promise<Configuration> | undefined;
  #askedAt = -Infinity;

  constructor(config: OidcConfig) {
    this.#config = config;
  }

  /** Where the browser goes, and what it keeps meanwhile. `callback`: where it comes back to. */
  async leave(callback: string, to: string): Promise<{ readonly url: string; readonly kept: LoginUnderWay }> {
    const client = await import('openid-client');
    const provider = await this.#asked();
    const kept = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
      to,
    };
    const url = client.buildAuthorizationUrl(provider, {
      redirect_uri: callback,
      scope: 'openid email profile',
      state: kept.state,
      nonce: kept.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(kept.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, kept };
  }

  /** Who came back, as the claim calls him. Throws ApiError when the provider says no, or somebody made it up. */
  async comeBack(back: URL, { state, nonce, verifier }: LoginUnderWay): Promise<string> {
    const client = await import('openid-client');
    const provider = await this.#asked();
    const tokens = await client
      .authorizationCodeGrant(provider, back, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      .catch((error: unknown) => {
        throw error instanceof client.ClientError || error instanceof client.AuthorizationResponseError
          ? refused
          : error;
      });
    const told = tokens.claims();
    const name = nameIn(told, this.#config.claim);
    if (name !== undefined) return name;
    if (isUnverified(told, this.#config.claim)) throw unnamed(this.#config.claim);
    // Some tell it only when they are asked.
    const more = await client.fetchUserInfo(provider, tokens.access_token, told?.sub ?? '').catch(() => undefined);
    const asked = nameIn(more, this.#config.claim);
    if (asked === undefined) throw unnamed(this.#config.claim);
    return asked;
  }

  #asked(): Promise<Configuration> {
    const now = performance.now();
    if (this.#provider === undefined || now - this.#askedAt > known) {
      this.#askedAt = now;
      this.#provider = this.#ask();
      this.#provider.catch(() => (this.#provider = undefined));
    }
    return this.#provider;
  }

  async #ask(): Promise<Configuration> {
    const client = await import('openid-client');
    const { issuer, clientId, clientSecret, insecure } = this.#config;
    try {
      return await client.discovery(
        new URL(issuer),
        clientId,
        clientSecret,
        clientSecret === undefined ? client.None() : undefined,
        // Deprecated so that nobody uses it by chance: the config says that this provider is for trials.
        insecure ? { execute: [client.allowInsecureRequests] } : {},
      );
    } catch {
      throw new ApiError(409, 'provider', {
        ru: 'провайдер единого входа не отвечает: проверьте console.oidc.issuer и сеть, или войдите по паролю',
        en: 'the provider of single sign-on does not answer: look at console.oidc.issuer and the network, or use a password',
      });
    }
  }
}

/** An address that the provider has not verified names nobody. */
function nameIn(claims: object | undefined, claim: string): string | undefined {
  const value = property(claims, claim);
  return typeof value === 'string' && value !== '' && !isUnverified(claims, claim) ? value : undefined;
}

/** Some providers write it as a text. */
function isUnverified(claims: object | undefined, claim: string): boolean {
  return claim === 'email' && /^false$/i.test(String(property(claims, 'email_verified')));
}

const refused = new ApiError(401, 'sign-on', {
  ru: 'провайдер единого входа не подтвердил вход: начните сначала',
  en: 'the provider of single sign-on did not confirm the login: begin anew',
});

function unnamed(claim: string): ApiError {
  return new ApiError(403, 'sign-on', {
    ru: `провайдер не назвал подтверждённого поля ${claim}: выберите другое в console.oidc.claim`,
    en: `the provider named no verified claim ${claim}: choose another in console.oidc.claim`,
  });
}

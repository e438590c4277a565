// Types of the official signing library, which brings none.
declare module 'tls-sig-api-v2' {
  export class Api {
    constructor(sdkAppId: number, secretKey: string);
    genUserSig(identifier: string, expire: number): string;
    genPrivateMapKey(identifier: string, expire: number, room: number, privileges: number): string;
  }
}

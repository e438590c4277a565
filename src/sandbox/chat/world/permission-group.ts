// Permission groups of a Community: who of its members may do what, by bit masks (pages 61232 to 61242).

/** Bits of the mask for the Community itself, as far as clients of the sandbox can do such things. */
export const groupBits = { ManageGroupMember: 2, SendGroupMessage: 64, RevokeOtherMember: 512 } as const;
/** Bits of the mask for one topic. */
export const topicBits = { SendTopicMessage: 8, RevokeOtherMember: 32 } as const;

export interface PermissionGroupSpec {
  readonly id: string;
  readonly name: string;
  readonly permission: number;
  readonly customString?: string | undefined;
}

export class PermissionGroup {
  readonly id: string;
  name: string;
  /** Mask for the Community. */
  permission: number;
  customString: string;
  /** Unix seconds. */
  readonly createTime: number;
  readonly members = new Set<string>();
  /** Mask for each attached topic, by its ID. */
  readonly topics = new Map<string, number>();

  /** @param now - Unix seconds */
  constructor({ id, name, permission, customString = '' }: PermissionGroupSpec, now: number) {
    this.id = id;
    this.name = name;
    this.permission = permission;
    this.customString = customString;
    this.createTime = now;
  }
}

/** Whether a mask holds a bit. Division and not `&`, which is limited to 32 bits. */
export const holds = (mask: number, bit: number): boolean => Math.floor(mask / bit) % 2 === 1;

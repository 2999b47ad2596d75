namespace ChatBotKit.Server.Tests.Security;

/// <summary>What a caller may come with.</summary>
public enum AuthorizationCredential
{
    /// <summary>No <c>Authorization</c> at all.</summary>
    None,

    /// <summary>The owner's API token, but not as <c>Bearer</c>.</summary>
    NotBearer,

    /// <summary>No API token of anybody.</summary>
    Garbage,

    /// <summary>Three parts, as a session token has, and nothing in them.</summary>
    GarbageInThreeParts,

    /// <summary>The right session's token with another signature.</summary>
    ForgedSignature,

    /// <summary>The token of a session that is over.</summary>
    ExpiredSession,

    /// <summary>A token that is over, of a session that was prolonged.</summary>
    ExpiredToken,

    RevokedSession,

    /// <summary>Two refreshes old.</summary>
    ReplacedTwice,

    /// <summary>One refresh old, and the overlap is over.</summary>
    ReplacedLongAgo,

    /// <summary>One refresh old, within the overlap.</summary>
    ReplacedJustNow,

    SessionOfAnotherConversation,
    SessionOfAnotherAccount,

    /// <summary>Another session of the same conversation, with the permission.</summary>
    SiblingSession,

    /// <summary>All permissions but the one that is needed.</summary>
    NarrowSession,

    /// <summary>The permission that is needed and no other; all of them where none helps.</summary>
    RightSession,

    RevokedApiToken,

    /// <summary>An API token of an account that has nothing to do with the owner's.</summary>
    ApiTokenOfAnotherAccount,

    /// <summary>An API token of a child account of the owner's.</summary>
    ApiTokenOfAChildAccount,

    /// <summary>The owner's API token, acting for the child account.</summary>
    OwnerActingForAChildAccount,

    Owner,
}

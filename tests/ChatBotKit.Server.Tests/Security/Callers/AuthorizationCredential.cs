namespace ChatBotKit.Server.Tests.Security;

/// <summary>The credentials of a caller.</summary>
public enum AuthorizationCredential
{
    /// <summary>No <c>Authorization</c> header.</summary>
    None,

    /// <summary>The owner's API token, but not as <c>Bearer</c>.</summary>
    NotBearer,

    /// <summary>An unknown API token.</summary>
    Garbage,

    /// <summary>Three empty parts, like the three parts of a session token.</summary>
    GarbageInThreeParts,

    /// <summary>The token of the session in the path, with another signature.</summary>
    ForgedSignature,

    /// <summary>The token of an expired session.</summary>
    ExpiredSession,

    /// <summary>An expired token of a session that was refreshed.</summary>
    ExpiredToken,

    RevokedSession,

    /// <summary>A token that was replaced by two refreshes.</summary>
    ReplacedTwice,

    /// <summary>A token that was replaced by one refresh, after its grace period.</summary>
    ReplacedLongAgo,

    /// <summary>A token that was replaced by one refresh, within its grace period.</summary>
    ReplacedJustNow,

    SessionOfAnotherConversation,
    SessionOfAnotherAccount,

    /// <summary>Another session of the same conversation, with the permission.</summary>
    SiblingSession,

    /// <summary>A session with all permissions except the required one.</summary>
    NarrowSession,

    /// <summary>A session with only the required permission, or with all permissions if none is required.</summary>
    RightSession,

    RevokedApiToken,

    /// <summary>An API token of an account that is not related to the owner's.</summary>
    ApiTokenOfAnotherAccount,

    /// <summary>An API token of a child account of the owner's.</summary>
    ApiTokenOfAChildAccount,

    /// <summary>The owner's API token, acting for the child account.</summary>
    OwnerActingForAChildAccount,

    Owner,
}

using System.Security.Cryptography;

namespace ChatBotKit.Server.Resources;

/// <summary>What happens to a resource when the one that it refers to is deleted.</summary>
internal enum OnTargetDeleted
{
    /// <summary>The field becomes null.</summary>
    Clear,

    /// <summary>The resource is deleted too.</summary>
    Cascade,

    /// <summary>The target can't be deleted while it is referred to.</summary>
    Refuse,
}

/// <summary>A field that names another resource.</summary>
/// <param name="Field">The field of the item, such as <c>datasetId</c>.</param>
/// <param name="Target">The kind that it names, such as <c>dataset</c>.</param>
internal sealed record ResourceReference(string Field, string Target)
{
    /// <summary>What deleting the target does.</summary>
    public OnTargetDeleted Deleted { get; init; }

    /// <summary>Whether only own resources can be named; otherwise all that the caller may use.</summary>
    public bool IsOwnOnly { get; init; }

    /// <summary>Whether lists can be narrowed by it.</summary>
    public bool IsFilter { get; init; } = true;

    /// <summary>Another name for the field, which requests may use and answers repeat; null for none.</summary>
    public string? OtherName { get; init; }
}

/// <summary>A field that holds a credential: it is stored encrypted, and no answer shows it unless the server made it.</summary>
/// <param name="Field">The field of the requests. An item that has a field of this name says by a mask that it is set.</param>
internal sealed record ResourceSecret(string Field)
{
    /// <summary>What answers show in place of a credential, and requests send to keep it.</summary>
    public const string Mask = "********";

    private const int Bytes = 32;

    /// <summary>Whether the server makes it for each new resource. No request sets it, and its owner can read it.</summary>
    public bool IsServerMade { get; init; }

    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
}

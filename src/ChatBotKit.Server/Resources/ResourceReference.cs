using System.Security.Cryptography;

namespace ChatBotKit.Server.Resources;

/// <summary>What happens to a resource when its target is deleted.</summary>
internal enum OnTargetDeleted
{
    /// <summary>The field becomes null.</summary>
    Clear,

    /// <summary>The resource is deleted too.</summary>
    Cascade,

    /// <summary>The target can't be deleted while a resource refers to it.</summary>
    Refuse,
}

/// <summary>A field that refers to another resource.</summary>
/// <param name="Field">The field of the item, such as <c>datasetId</c>.</param>
/// <param name="Target">The kind of the target, such as <c>dataset</c>.</param>
internal sealed record ResourceReference(string Field, string Target)
{
    /// <summary>What happens when the target is deleted.</summary>
    public OnTargetDeleted Deleted { get; init; }

    /// <summary>Whether the target must belong to the caller; if not, it may be any resource that the caller may use.</summary>
    public bool IsOwnOnly { get; init; }

    /// <summary>Whether lists can be filtered by the field.</summary>
    public bool IsFilter { get; init; } = true;

    /// <summary>An alternative name of the field, which requests may use and responses repeat; null for none.</summary>
    public string? OtherName { get; init; }
}

/// <summary>A field with a credential. It is stored encrypted, and responses show it only if the server generated it.</summary>
/// <param name="Field">The field in requests. If items have the field too, a mask shows that it is set.</param>
internal sealed record ResourceSecret(string Field)
{
    /// <summary>The text that responses have instead of a credential, and that requests send to keep it.</summary>
    public const string Mask = "********";

    private const int Bytes = 32;

    /// <summary>
    /// Whether the server generates the credential for each new resource. Requests can't set it, and its owner can read it.
    /// </summary>
    public bool IsServerMade { get; init; }

    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
}

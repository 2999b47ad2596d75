namespace ChatBotKit.Server.Resources;

/// <summary>How a path or a body names a resource.</summary>
/// <param name="Form">The form.</param>
/// <param name="Text">The id, key or name.</param>
/// <param name="Account">The alias of the account; null in other forms than <see cref="AddressForm.RelatedKey"/>.</param>
internal readonly record struct ResourceAddress(AddressForm Form, string Text, string? Account = null)
{
    /// <summary>Reads <c>id</c>, <c>@alias</c>, <c>@@alias</c>, <c>@account@alias</c> or <c>(name)</c>.</summary>
    public static ResourceAddress Parse(string text) => text switch
    {
        ['@', '@', .. var key] => new(AddressForm.ParentKey, key),
        ['@', .. var rest] when rest.IndexOf('@', StringComparison.Ordinal) is > 0 and var at =>
            new(AddressForm.RelatedKey, rest[(at + 1)..], rest[..at]),
        ['@', .. var key] => new(AddressForm.Key, key),
        // Without a name it would mean any resource that has none.
        ['(', .. { Length: > 0 } name, ')'] => new(AddressForm.Name, name),
        _ => new(AddressForm.Id, text),
    };
}

/// <summary>The forms in which a resource can be named.</summary>
internal enum AddressForm
{
    /// <summary>The id.</summary>
    Id,

    /// <summary>The key among the caller's own resources.</summary>
    Key,

    /// <summary>The key among those of the caller's parent account.</summary>
    ParentKey,

    /// <summary>The key among those of a related account.</summary>
    RelatedKey,

    /// <summary>The exact name of one of the caller's own; the oldest of several.</summary>
    Name,
}

namespace ChatBotKit.Server.Resources;

/// <summary>The address of a resource in a path or body.</summary>
/// <param name="Form">The form of the address.</param>
/// <param name="Text">The id, key or name.</param>
/// <param name="Account">The alias of the account; null in other forms than <see cref="AddressForm.RelatedKey"/>.</param>
internal readonly record struct ResourceAddress(AddressForm Form, string Text, string? Account = null)
{
    /// <summary>Parses <c>id</c>, <c>@alias</c>, <c>@@alias</c>, <c>@account@alias</c> or <c>(name)</c>.</summary>
    public static ResourceAddress Parse(string text) => text switch
    {
        ['@', '@', .. var key] => new(AddressForm.ParentKey, key),
        ['@', .. var rest] when rest.IndexOf('@', StringComparison.Ordinal) is > 0 and var at =>
            new(AddressForm.RelatedKey, rest[(at + 1)..], rest[..at]),
        ['@', .. var key] => new(AddressForm.Key, key),
        // An empty name would match every resource without a name.
        ['(', .. { Length: > 0 } name, ')'] => new(AddressForm.Name, name),
        _ => new(AddressForm.Id, text),
    };
}

/// <summary>The forms of an address.</summary>
internal enum AddressForm
{
    /// <summary>The id.</summary>
    Id,

    /// <summary>The key of one of the caller's own resources.</summary>
    Key,

    /// <summary>The key of a resource of the caller's parent account.</summary>
    ParentKey,

    /// <summary>The key of a resource of a related account.</summary>
    RelatedKey,

    /// <summary>The exact name of one of the caller's own resources; the oldest of several.</summary>
    Name,
}

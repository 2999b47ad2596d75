using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Faults.Upgrade;

/// <summary>A contact in the table of older schemas, and its item in the API.</summary>
internal sealed record UpgradedContact(
    string Id, string Fingerprint, bool IsVerified, string Name, string Description, string? Email, string? Phone, string? Nick, string? Meta,
    long CreatedAt, long UpdatedAt)
{
    /// <summary>One contact with all fields, one with none, and one with text that JSON must escape.</summary>
    public static IReadOnlyList<UpgradedContact> All { get; } =
    [
        new("cupgraded00000000000001", "fingerprint-of-Ada", true, "Ada", "A countess", "ada@example.com", "+359888123456", "al", """{"a":1.0,"b":{"c":[true,null]}}""", 11, 12),
        new("cupgraded00000000000002", "83eac369-0401-4a2c-992f-dd9b914420af", false, "", "", null, null, null, null, 21, 21),
        new("cupgraded00000000000003", new string('é', 95), false, "Zoë \"quoted\" \\ \n \u0001 ☃ 😀", "'", "", null, "", """{"q":"\"\\u00e9☃","n":12345678901234567890.10,"e":{}}""", 31, 32),
    ];

    /// <summary>Returns the response of <c>fetch</c>.</summary>
    public JsonObject ToItem() => new()
    {
        ["id"] = Id,
        ["name"] = Name,
        ["description"] = Description,
        ["fingerprint"] = Fingerprint,
        ["email"] = Email,
        ["phone"] = Phone,
        ["nick"] = Nick,
        ["preferences"] = null,
        ["verifiedAt"] = IsVerified ? CreatedAt : null,
        ["meta"] = Meta is null ? null : JsonNode.Parse(Meta),
        ["createdAt"] = CreatedAt,
        ["updatedAt"] = UpdatedAt,
    };

    /// <summary>Whether an item equals the contact: the same fields in the same order, and the same bytes of <c>meta</c>.</summary>
    public bool IsSaidBy(JsonElement item) =>
        item.EnumerateObject().Select(member => member.Name).SequenceEqual(ToItem().Select(field => field.Key))
        && JsonNode.DeepEquals(ToItem(), JsonNode.Parse(item.GetRawText()))
        && item.GetProperty("meta").GetRawText() == (Meta ?? "null");
}

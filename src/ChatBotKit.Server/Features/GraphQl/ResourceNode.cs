using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.GraphQl;

/// <summary>A resource in a result.</summary>
internal sealed class ResourceNode(ResourceKind kind, ResourceRow row)
{
    private JsonElement? _document;

    public ResourceKind Kind => kind;

    public string Id => row.Id;

    /// <summary>The stored document.</summary>
    public byte[] Data => row.Data;

    public long CreatedAt => row.CreatedAt;

    public long UpdatedAt => row.UpdatedAt;

    /// <summary>Returns the value of a field; null when it has none.</summary>
    public JsonElement? ValueOf(string field)
    {
        _document ??= JsonElement.Parse(row.Data, JsonRules.Stored);
        return _document.Value.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    /// <summary>Returns the text in a field; null when it has none.</summary>
    public string? TextOf(string field) => ValueOf(field) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
}

/// <summary>A part of a list.</summary>
/// <param name="Items">The resources.</param>
/// <param name="Cursor">The id of the last one, after which the list continues; null when there is none.</param>
internal sealed record ResourcePage(IReadOnlyList<ResourceNode> Items, string? Cursor)
{
    public static ResourcePage Empty { get; } = new([], null);

    public static ResourcePage Of(IReadOnlyList<ResourceNode> items) => items.Count == 0 ? Empty : new ResourcePage(items, items[^1].Id);
}

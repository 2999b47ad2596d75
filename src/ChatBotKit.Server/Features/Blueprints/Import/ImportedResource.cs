using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Blueprints.Import;

/// <summary>A resource of an import.</summary>
/// <param name="kind">The kind.</param>
/// <param name="category">The name of the kind in the request.</param>
/// <param name="index">The place in its category.</param>
/// <param name="given">The resource as it was sent, with the actual names of its fields.</param>
internal sealed class ImportedResource(ResourceKind kind, string category, int index, JsonObject given)
{
    public ResourceKind Kind => kind;

    public string Category => category;

    public int Index => index;

    public JsonObject Given => given;

    /// <summary>The place in the request, for messages.</summary>
    public string Place => $"{category}[{index}]";

    /// <summary>The id by which other resources of the request refer to this one; null for none.</summary>
    public string? LocalId { get; } = TextOf(given[ResourceFields.Id]);

    /// <summary>The alias; null for none. It tells which resource exists, so a default is the alias too.</summary>
    public string? Alias { get; } = kind.KeyField == ResourceFields.Alias ? TextOf(ImportFields.WithoutDefault(given[ResourceFields.Alias])) : null;

    /// <summary>The stored resource that is updated; null when a new one is created.</summary>
    public ResourceRow? Existing { get; set; }

    /// <summary>The id of the stored resource.</summary>
    public string Id { get; set; } = "";

    /// <summary>The id of the parent; null for a kind without one.</summary>
    public string? ParentId { get; set; }

    /// <summary>The fields that are set, with ids in place of addresses.</summary>
    public JsonObject Fields { get; set; } = [];

    /// <summary>The row as it will be stored.</summary>
    public ResourceRow Row { get; set; } = null!;

    /// <summary>The content of the row; null when the stored resource is already equal to it.</summary>
    public ResourceContent? Content { get; set; }

    public static string? TextOf(JsonNode? value) =>
        value is JsonValue text && text.TryGetValue<string>(out var read) && read.Length > 0 ? read : null;
}

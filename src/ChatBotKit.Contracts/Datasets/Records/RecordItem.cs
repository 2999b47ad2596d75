using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A record of a dataset: a piece of text that can be found.</summary>
public sealed record RecordItem : ApiObject
{
    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the source of the text: an address, or <c>file:///</c> and the id of a file.</summary>
    public string? Source { get; init; }

    /// <summary>Gets the custom metadata; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Meta { get; init; }

    /// <summary>Gets when the record was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when the record was last updated.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

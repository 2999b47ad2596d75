using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed record ListResponse<T> : ApiObject
{
    /// <summary>Gets the items of this page. An empty page without a <see cref="Cursor"/> is the end of the list.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>Gets the <see cref="ListRequest.Cursor"/> of the next page; null at the end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cursor { get; init; }
}

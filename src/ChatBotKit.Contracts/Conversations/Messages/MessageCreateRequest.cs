using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>A request to store a message. The model is not called.</summary>
public sealed record MessageCreateRequest
{
    /// <summary>Gets the type, which tells who wrote the message or what kind of note it is.</summary>
    public required MessageType Type { get; init; }

    /// <summary>Gets the text; it may be empty. At most 65,535 bytes.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the description. At most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Gets the custom metadata; the server of this project takes at most 65,535 bytes of it as JSON, and 1,048,576 bytes of an
    /// activity. An activity has its function in <c>activity</c>.
    /// Keys that begin with _ are refused.
    /// </summary>
    public JsonObject? Meta { get; init; }

    /// <summary>Gets the personal data in the text, which is replaced in the stored text.</summary>
    public IReadOnlyList<Entity>? Entities { get; init; }
}

/// <summary>The message that was stored.</summary>
public sealed record MessageCreateResponse : ApiObject
{
    /// <summary>Gets the id of the message.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the personal data that was found in the text.</summary>
    public required IReadOnlyList<Entity> Entities { get; init; }
}

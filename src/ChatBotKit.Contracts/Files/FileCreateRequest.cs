using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Creates a file without bytes; they are uploaded afterwards.</summary>
public sealed record FileCreateRequest
{
    /// <summary>
    /// Gets a name that can be used instead of the id, with @ in front. Lower-case letters, digits, - and _; at most 128, and
    /// unique among your files.
    /// </summary>
    public string? Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public string? Name { get; init; }

    /// <summary>Gets what is in the file, at most 65,535 bytes.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the blueprint that the file is part of, by id or alias.</summary>
    public string? BlueprintId { get; init; }

    /// <summary>
    /// Gets who besides the owner may use the file. Default: <see cref="Visibility.Private"/>, nobody; a public file can be
    /// downloaded without a credential.
    /// </summary>
    public Visibility? Visibility { get; init; }

    /// <summary>Gets free data, as large as a request may be; keys that begin with _ are refused.</summary>
    public JsonObject? Meta { get; init; }
}

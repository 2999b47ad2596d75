using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Specifies the fields that can be updated in every integration. A field that is not set keeps its value.</summary>
public abstract record IntegrationUpdateRequest
{
    /// <summary>
    /// Gets the alias, which can replace the id when @ is written before it. At most 128 characters. The hosted service
    /// removes it when it is left out, so send it with every update.
    /// </summary>
    public Optional<string> Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets the description of the integration. At most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>Gets the blueprint that the integration belongs to, by id or alias; null removes it from the blueprint.</summary>
    public Optional<string> BlueprintId { get; init; }

    /// <summary>
    /// Gets the custom metadata, which replaces the stored metadata. An object <c>$update</c> in it is merged with the
    /// stored metadata instead. The server of this project takes at most 65,535 bytes of it
    /// as JSON; keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }

    /// <summary>Writes the id and the name only. Logs print records, and some settings are credentials.</summary>
    /// <returns>A text for logs and debuggers, without secrets.</returns>
    public sealed override string ToString() => $"{GetType().Name} {{ Name = {Name} }}";
}

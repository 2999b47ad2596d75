using System.Text.Json.Nodes;

namespace ChatBotKit;

/// <summary>Specifies what can be changed in every integration. A field that is not set stays as it is.</summary>
public abstract record IntegrationUpdateRequest
{
    /// <summary>
    /// Gets a name that can stand for the id, with @ before it. At most 128 characters. The hosted service clears it when it
    /// is not sent, so send it along.
    /// </summary>
    public Optional<string> Alias { get; init; }

    /// <summary>Gets the name, at most 191 bytes.</summary>
    public Optional<string> Name { get; init; }

    /// <summary>Gets what the integration is for. At most 65,535 bytes.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>Gets the blueprint that the integration belongs to, by id or alias; null takes it out.</summary>
    public Optional<string> BlueprintId { get; init; }

    /// <summary>
    /// Gets free data that replaces the old, as large as a request may be; an object <c>$update</c> in it is merged instead;
    /// keys that begin with _ are refused.
    /// </summary>
    public Optional<JsonObject> Meta { get; init; }

    /// <summary>Names the integration and none of its settings, because logs print records and some settings are credentials.</summary>
    /// <returns>A text for logs and debuggers.</returns>
    public sealed override string ToString() => $"{GetType().Name} {{ Name = {Name} }}";
}

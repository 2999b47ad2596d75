using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A request to execute an ability without a model asking for it.</summary>
public sealed record AbilityExecuteRequest
{
    /// <summary>
    /// Gets the arguments as JSON or YAML, or words from which a model takes them when fields that are needed are missing.
    /// Default: none.
    /// </summary>
    public string? Input { get; init; }

    /// <summary>Gets the contact on whose behalf it is done, by which personal secrets are found.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets whether the execution reports details for debugging. Only newer servers support it.</summary>
    public bool? Debug { get; init; }

    /// <summary>Gets the namespace in which files and shells live on from one call to the next. Only newer servers support it.</summary>
    public string? Namespace { get; init; }
}

/// <summary>Describes what came of it. A failure of the ability is an answer, not an exception.</summary>
public sealed record AbilityExecuteResponse : ApiObject
{
    /// <summary>Gets what the execution has used.</summary>
    public required RunUsage Usage { get; init; }

    /// <summary>Gets why the ability failed; null when it did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>Gets what the ability gave, any JSON value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonNode? Result { get; init; }

    /// <summary>Gets what was said and done meanwhile; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConversationMessage>? Messages { get; init; }
}

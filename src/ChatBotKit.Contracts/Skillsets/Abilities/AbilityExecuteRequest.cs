using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>A request to execute an ability directly, without a model.</summary>
public sealed record AbilityExecuteRequest
{
    /// <summary>
    /// Gets the arguments as JSON or YAML, or in plain words. A model extracts the arguments from plain words when required
    /// fields are missing. Default: none.
    /// </summary>
    public string? Input { get; init; }

    /// <summary>Gets the contact on whose behalf the ability is executed. Its personal secrets are used.</summary>
    public string? ContactId { get; init; }

    /// <summary>Gets whether the execution reports details for debugging. Only newer servers support it.</summary>
    public bool? Debug { get; init; }

    /// <summary>Gets the namespace in which files and shells persist between calls. Only newer servers support it.</summary>
    public string? Namespace { get; init; }
}

/// <summary>Describes the outcome. A failure of the ability is an answer, not an exception.</summary>
public sealed record AbilityExecuteResponse : ApiObject
{
    /// <summary>Gets the usage of the execution.</summary>
    public required RunUsage Usage { get; init; }

    /// <summary>Gets the error of the ability; null when it succeeded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>Gets the result of the ability, which may be any JSON value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonNode? Result { get; init; }

    /// <summary>Gets the messages of the execution; null when the server does not send it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ConversationMessage>? Messages { get; init; }
}

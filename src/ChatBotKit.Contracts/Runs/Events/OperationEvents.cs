using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The server starts to plan the action of an ability.</summary>
public sealed record IntentDetectionBeginEvent : RunEvent<OperationEventData>
{
    /// <inheritdoc/>
    public override string Type => "intentDetectionBegin";
}

/// <summary>The server has planned the action of an ability.</summary>
public sealed record IntentDetectionEndEvent : RunEvent<OperationEventData>
{
    /// <inheritdoc/>
    public override string Type => "intentDetectionEnd";
}

/// <summary>The server starts a function that the model called.</summary>
public sealed record OperationBeginEvent : RunEvent<OperationEventData>
{
    /// <inheritdoc/>
    public override string Type => "operationBegin";
}

/// <summary>The server has ended a function that the model called.</summary>
public sealed record OperationEndEvent : RunEvent<OperationEventData>
{
    /// <inheritdoc/>
    public override string Type => "operationEnd";
}

/// <summary>Describes which operation an event is about.</summary>
public sealed record OperationEventData : ApiObject
{
    /// <summary>Gets the temporary id of the operation. Its begin and end events have the same id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the action that the ability executes.</summary>
    public required OperationAction Action { get; init; }
}

/// <summary>Describes an operation.</summary>
public sealed record OperationAction : ApiObject
{
    /// <summary>Gets the temporary id of the action.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Gets the kind of the tool: <c>dataset</c>, <c>skillset</c> or <c>function</c>; null until the server has determined
    /// it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Kind { get; init; }

    /// <summary>Gets the name of the function; null until the server has determined it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>Gets the arguments.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Input { get; init; }

    /// <summary>Gets the reason that the model gave for the call, if the bot is configured to ask for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Justification { get; init; }

    /// <summary>Gets the icon of the operation.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Icon { get; init; }
}

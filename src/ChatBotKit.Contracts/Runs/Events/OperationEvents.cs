using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>The server begins to work out what an ability is to do.</summary>
public sealed record IntentDetectionBeginEvent : RunEvent<OperationEventData>
{
    /// <inheritdoc/>
    public override string Type => "intentDetectionBegin";
}

/// <summary>The server has worked out what an ability is to do.</summary>
public sealed record IntentDetectionEndEvent : RunEvent<OperationEventData>
{
    /// <inheritdoc/>
    public override string Type => "intentDetectionEnd";
}

/// <summary>The server begins to carry out a function that the model asked for.</summary>
public sealed record OperationBeginEvent : RunEvent<OperationEventData>
{
    /// <inheritdoc/>
    public override string Type => "operationBegin";
}

/// <summary>The server has carried out a function that the model asked for.</summary>
public sealed record OperationEndEvent : RunEvent<OperationEventData>
{
    /// <inheritdoc/>
    public override string Type => "operationEnd";
}

/// <summary>Describes which operation an event is about.</summary>
public sealed record OperationEventData : ApiObject
{
    /// <summary>Gets the temporary id of the operation; begin and end carry the same.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what is done.</summary>
    public required OperationAction Action { get; init; }
}

/// <summary>Specifies what an operation does.</summary>
public sealed record OperationAction : ApiObject
{
    /// <summary>Gets the temporary id of the action.</summary>
    public required string Id { get; init; }

    /// <summary>Gets what is used: <c>dataset</c>, <c>skillset</c> or <c>function</c>; null while it is worked out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Kind { get; init; }

    /// <summary>Gets the name of the function; null while it is worked out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>Gets the arguments.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Input { get; init; }

    /// <summary>Gets why the model asked for it, when the bot is told to say so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Justification { get; init; }

    /// <summary>Gets the picture to show with it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Icon { get; init; }
}

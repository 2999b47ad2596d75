using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies what a task or one of its executions is doing.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<TaskRunStatus>))]
public readonly record struct TaskRunStatus(string Value) : IOpenString<TaskRunStatus>
{
    private static readonly TaskRunStatus[] KnownValues = [new("idle"), new("running"), new("canceled")];

    /// <summary>Gets the status of what waits or is done.</summary>
    public static TaskRunStatus Idle => KnownValues[0];

    /// <summary>Gets the status of what is being carried out.</summary>
    public static TaskRunStatus Running => KnownValues[1];

    /// <summary>Gets the status of what was ended before its time.</summary>
    public static TaskRunStatus Canceled => KnownValues[2];

    static ReadOnlySpan<TaskRunStatus> IOpenString<TaskRunStatus>.Known => KnownValues;

    static TaskRunStatus IOpenString<TaskRunStatus>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}

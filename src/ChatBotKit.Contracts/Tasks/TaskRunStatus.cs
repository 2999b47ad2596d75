using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies the status of a task or of one of its executions.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<TaskRunStatus>))]
public readonly record struct TaskRunStatus(string Value) : IOpenString<TaskRunStatus>
{
    private static readonly TaskRunStatus[] KnownValues = [new("idle"), new("running"), new("canceled")];

    /// <summary>Gets the status of a task or execution that is waiting or has ended.</summary>
    public static TaskRunStatus Idle => KnownValues[0];

    /// <summary>Gets the status of a task or execution that is running.</summary>
    public static TaskRunStatus Running => KnownValues[1];

    /// <summary>Gets the status of a task or execution that was stopped.</summary>
    public static TaskRunStatus Canceled => KnownValues[2];

    static ReadOnlySpan<TaskRunStatus> IOpenString<TaskRunStatus>.Known => KnownValues;

    static TaskRunStatus IOpenString<TaskRunStatus>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}

using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies the outcome of a task or of one of its executions.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<TaskOutcome>))]
public readonly record struct TaskOutcome(string Value) : IOpenString<TaskOutcome>
{
    private static readonly TaskOutcome[] KnownValues = [new("pending"), new("success"), new("failure")];

    /// <summary>Gets the outcome of a task or execution that has not ended yet.</summary>
    public static TaskOutcome Pending => KnownValues[0];

    /// <summary>Gets the outcome of a task or execution that succeeded.</summary>
    public static TaskOutcome Success => KnownValues[1];

    /// <summary>Gets the outcome of a task or execution that failed or was stopped.</summary>
    public static TaskOutcome Failure => KnownValues[2];

    static ReadOnlySpan<TaskOutcome> IOpenString<TaskOutcome>.Known => KnownValues;

    static TaskOutcome IOpenString<TaskOutcome>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}

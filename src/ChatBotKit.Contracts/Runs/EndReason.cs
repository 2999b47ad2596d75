using System.Text.Json.Serialization;

namespace ChatBotKit;

/// <summary>Specifies why a run ended.</summary>
/// <param name="Value">The value as it is on the wire.</param>
[JsonConverter(typeof(OpenStringConverter<EndReason>))]
public readonly record struct EndReason(string Value) : IOpenString<EndReason>
{
    private static readonly EndReason[] KnownValues =
        [new("stop"), new("length"), new("activity"), new("abort"), new("error"), new("iteration")];

    /// <summary>Gets the reason of a run whose answer is complete.</summary>
    public static EndReason Stop => KnownValues[0];

    /// <summary>Gets the reason of a run in which the model reached its output limit.</summary>
    public static EndReason Length => KnownValues[1];

    /// <summary>Gets the reason of a run that ended with a function call that only the caller can answer.</summary>
    public static EndReason Activity => KnownValues[2];

    /// <summary>Gets the reason of a run that was aborted by a caller or a function.</summary>
    public static EndReason Abort => KnownValues[3];

    /// <summary>Gets the reason of a run that failed.</summary>
    public static EndReason Error => KnownValues[4];

    /// <summary>Gets the reason of a run that reached <see cref="RunLimits.Iterations"/>.</summary>
    public static EndReason Iteration => KnownValues[5];

    static ReadOnlySpan<EndReason> IOpenString<EndReason>.Known => KnownValues;

    static EndReason IOpenString<EndReason>.FromValue(string value) => new(value);

    /// <summary>Returns the value as it is on the wire.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}

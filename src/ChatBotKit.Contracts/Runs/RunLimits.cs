namespace ChatBotKit;

/// <summary>Bounds of one run; each is at least 1, and null leaves the server's default.</summary>
public sealed record RunLimits
{
    /// <summary>Gets how many times the model may be called, functions included. Default: 1000.</summary>
    public int? Iterations { get; init; }

    /// <summary>Gets how many times the model is asked to go on after its limit of output, at most 20. Default: 5.</summary>
    public int? Continuations { get; init; }

    /// <summary>Gets how many functions may be called in total. Default: 1000.</summary>
    public int? Calls { get; init; }
}

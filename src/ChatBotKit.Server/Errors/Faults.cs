using System.Runtime.CompilerServices;

namespace ChatBotKit.Server.Errors;

/// <summary>
/// Collects all faults of a request, so that one error response reports all of them. Number and length are bounded, because a
/// hostile body could otherwise cause megabytes of faults.
/// </summary>
internal sealed class Faults
{
    /// <summary>How many faults are reported in full. Further ones are only counted.</summary>
    public const int MaxCount = 20;

    private readonly List<string> _faults = [];
    private int _untold;

    /// <summary>Whether the maximum is reached, so that further faults are only counted.</summary>
    public bool IsFull => _faults.Count == MaxCount;

    public void Add(string fault)
    {
        if (IsFull)
            _untold++;
        else
            _faults.Add(FaultText.Clip(fault, FaultText.MaxLength));
    }

    /// <summary>Adds a fault. Its text is formatted only when it will be reported.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] FaultText fault) => Add(fault.ToString());

    /// <summary>All faults in one sentence; null when there are none.</summary>
    public string? Message => _faults.Count == 0 ? null : string.Join("; ", _faults) + (_untold > 0 ? $"; and {_untold} more" : "");

    /// <exception cref="ApiException">400, with all faults, when there is at least one.</exception>
    public void ThrowIfAny()
    {
        if (Message is { } message)
            throw ApiException.BadRequest(message);
    }
}

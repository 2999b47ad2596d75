using System.Runtime.CompilerServices;

namespace ChatBotKit.Server.Errors;

/// <summary>
/// Gathers what is wrong with a request, so that its sender learns of everything at once. Number and length are bounded: a
/// hostile body could ask for megabytes of faults.
/// </summary>
internal sealed class Faults
{
    /// <summary>So many are told; of more only the number is.</summary>
    public const int MaxCount = 20;

    private readonly List<string> _faults = [];
    private int _untold;

    /// <summary>Whether further faults are only counted.</summary>
    public bool IsFull => _faults.Count == MaxCount;

    public void Add(string fault)
    {
        if (IsFull)
            _untold++;
        else
            _faults.Add(FaultText.Clip(fault, FaultText.MaxLength));
    }

    /// <summary>Adds a text that is put together only when it will be told.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] FaultText fault) => Add(fault.ToString());

    /// <exception cref="ApiException">400 with all of them.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
            throw ApiException.BadRequest(string.Join("; ", _faults) + (_untold > 0 ? $"; and {_untold} more" : ""));
    }
}

namespace ChatBotKit.Server.Http;

/// <summary>Gathers what is wrong with a request, so that its sender learns of everything at once.</summary>
internal sealed class Faults
{
    private readonly List<string> _faults = [];

    public void Add(string fault) => _faults.Add(fault);

    /// <exception cref="ApiException">400 with all of them.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
            throw ApiException.BadRequest(string.Join("; ", _faults));
    }
}

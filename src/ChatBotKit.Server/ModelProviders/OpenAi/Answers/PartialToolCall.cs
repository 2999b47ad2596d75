using System.Text;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>A tool call that comes in fragments.</summary>
/// <param name="index">Its number in the answer.</param>
/// <param name="tools">What the model may call: where ids do not, this tells a piece of a name from another name.</param>
internal sealed class PartialToolCall(int index, OfferedTools tools)
{
    // No tool has a name as long as this, so the joining of pieces ends somewhere.
    private const int MaxNameLength = 256;

    private readonly StringBuilder _arguments = new();
    private readonly TextJoiner _joiner = new();
    private FieldCollector? _fields;
    private string? _id;
    private string? _name;
    private int _lastFragment;

    public int Index { get; } = index;

    /// <summary>Whether nothing was said of it: some servers send an empty call with every text.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(_id) && string.IsNullOrEmpty(_name) && _arguments.Length == 0;

    /// <summary>How much memory it takes, in characters.</summary>
    public long Characters => _arguments.Length + (_name?.Length ?? 0) + (_fields?.Characters ?? 0);

    public bool HasId(string? id) => !string.IsNullOrEmpty(id) && id == _id;

    /// <summary>
    /// Whether a fragment begins another call, although its number or its place says that it goes on with this one. Several
    /// servers give every call the number 0.
    /// </summary>
    public bool EndsBefore(in ToolCallFragment fragment)
    {
        // Only a name begins a call; an id without one is a new id for the same call, which some servers make for each fragment.
        if (string.IsNullOrEmpty(fragment.Name) || string.IsNullOrEmpty(_name))
            return false;
        var goesOn = fragment.Arguments is { Length: > 0 } && !CallArguments.Begin(fragment.Arguments);
        if (goesOn && _arguments.Length > 0 && !IsComplete())
            return false;
        if (fragment.Name != _name)
            return !IsPieceOfName(fragment.Name, fragment.Id);
        return string.IsNullOrEmpty(fragment.Id) || string.IsNullOrEmpty(_id)
            ? fragment.Arguments is { Length: > 0 } && !goesOn && IsComplete()
            : fragment.Id != _id;
    }

    public void Add(in ToolCallFragment fragment)
    {
        // The first one counts, because some providers repeat id and name in each fragment.
        if (string.IsNullOrEmpty(_id))
            _id = fragment.Id;
        if (string.IsNullOrEmpty(_name))
            _name = fragment.Name;
        else if (!string.IsNullOrEmpty(fragment.Name) && fragment.Name != _name && IsPieceOfName(fragment.Name, fragment.Id))
            _name = NameWith(fragment.Name);
        if (fragment.Arguments is { Length: > 0 })
        {
            _lastFragment = _arguments.Length;
            _arguments.Append(_joiner.Add(fragment.Arguments, fragment.IsEscaped));
        }

        foreach (var (name, json) in fragment.Fields ?? [])
            (_fields ??= new FieldCollector()).Add(name, json);
    }

    /// <param name="isTaken">Whether another call of the answer has this id: each gets its answer by its id.</param>
    /// <exception cref="FormatException">It has no name.</exception>
    public ModelToolCall ToToolCall(Func<string, bool> isTaken)
    {
        if (string.IsNullOrEmpty(_name))
            throw new FormatException("A tool call has no name.");
        var id = string.IsNullOrEmpty(_id) || isTaken(_id) ? $"call_{Guid.NewGuid():n}" : _id;
        return new ModelToolCall(id, _name, JsonEscapes.Mend(Arguments())) { Fields = _fields?.ToJson() };
    }

    /// <summary>Whether a name that differs from the one so far goes on with it, and does not begin another call.</summary>
    private bool IsPieceOfName(string piece, string? id)
    {
        if (_arguments.Length > 0 || _name!.Length + piece.Length > MaxNameLength)
            return false;
        if (tools.HaveNameThatBegins(NameWith(piece)))
            return !tools.Have(_name) || !tools.Have(piece);
        if (tools.Have(_name) || tools.Have(piece))
            return false;
        return string.IsNullOrEmpty(id) ? !string.IsNullOrEmpty(_id) : id == _id;
    }

    /// <summary>The name with its next piece. Some servers say the whole name so far in each.</summary>
    private string NameWith(string piece)
    {
        var joined = _name + piece;
        return piece.StartsWith(_name!, StringComparison.Ordinal) && !tools.HaveNameThatBegins(joined) ? piece : joined;
    }

    private string Arguments()
    {
        _arguments.Append(_joiner.End());
        var all = JsonEscapes.Mend(_arguments.ToString());
        if (CallArguments.ObjectIn(all) is { } whole)
            return whole;
        // Some servers say everything again in each fragment, or once more at the end.
        return _lastFragment > 0 && CallArguments.Begin(all.AsSpan(_lastFragment)) ? CallArguments.ObjectIn(all[_lastFragment..]) ?? all : all;
    }

    private bool IsComplete() =>
        _arguments.Length > 0 && _arguments[^1] is ('}' or '"') && CallArguments.ObjectIn(_arguments.ToString()) is not null;
}

using System.Text;
using ChatBotKit.Server.ModelProviders.Answers;

namespace ChatBotKit.Server.ModelProviders.OpenAi.Answers;

/// <summary>A tool call that arrives in fragments.</summary>
/// <param name="index">The index of the call in the answer.</param>
/// <param name="tools">The tools of the request. When ids are missing, their names distinguish a piece of a name from a new name.</param>
internal sealed class PartialToolCall(int index, OfferedTools tools)
{
    // No tool has a name of this length, so the joining of pieces is bounded.
    private const int MaxNameLength = 256;

    private readonly StringBuilder _arguments = new();
    private readonly TextJoiner _joiner = new();
    private FieldCollector? _fields;
    private string? _id;
    private string? _name;
    private int _lastFragment;

    public int Index { get; } = index;

    /// <summary>Whether the call has no content yet. Some servers send an empty call with every text.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(_id) && string.IsNullOrEmpty(_name) && _arguments.Length == 0;

    /// <summary>The memory that the call takes, in characters.</summary>
    public long Characters => _arguments.Length + (_name?.Length ?? 0) + (_fields?.Characters ?? 0);

    public bool HasId(string? id) => !string.IsNullOrEmpty(id) && id == _id;

    /// <summary>
    /// Whether a fragment begins another call although its index or its place belongs to this one. Several servers give all calls
    /// the index 0.
    /// </summary>
    public bool EndsBefore(in ToolCallFragment fragment)
    {
        // Only a name begins a call. An id without a name is a new id of the same call; some servers create one for each fragment.
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
        // The first id counts, and a repeated name is ignored: some providers repeat both in each fragment.
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

    /// <param name="isTaken">Whether another call of the answer has this id. Ids must differ, because results refer to them.</param>
    /// <exception cref="FormatException">The call has no name.</exception>
    public ModelToolCall ToToolCall(Func<string, bool> isTaken)
    {
        if (string.IsNullOrEmpty(_name))
            throw new FormatException("A tool call has no name.");
        var id = string.IsNullOrEmpty(_id) || isTaken(_id) ? $"call_{Guid.NewGuid():n}" : _id;
        return new ModelToolCall(id, _name, JsonEscapes.Mend(Arguments())) { Fields = _fields?.ToJson() };
    }

    /// <summary>Whether a different name continues the name so far, rather than beginning another call.</summary>
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

    /// <summary>Appends the next piece to the name. Some servers repeat the whole name so far in each piece.</summary>
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
        // Some servers repeat all the arguments in each fragment, or once more at the end.
        return _lastFragment > 0 && CallArguments.Begin(all.AsSpan(_lastFragment)) ? CallArguments.ObjectIn(all[_lastFragment..]) ?? all : all;
    }

    private bool IsComplete() =>
        _arguments.Length > 0 && _arguments[^1] is ('}' or '"') && CallArguments.ObjectIn(_arguments.ToString()) is not null;
}

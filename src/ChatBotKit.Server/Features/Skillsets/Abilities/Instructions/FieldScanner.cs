using System.Text;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

/// <summary>
/// Finds the slots in an instruction: <c>$[name]</c> and <c>[[name]]</c> for values of the caller, <c>((name))</c> for parameters of a
/// template, <c>${NAME}</c> and <c>{{NAME}}</c> for values of the server. Text that only resembles a slot is left unchanged.
/// </summary>
/// <param name="source">The whole instruction.</param>
/// <param name="slots">The slots of the instruction, to which those that are found are added.</param>
/// <param name="fields">The fields of the instruction.</param>
internal sealed class FieldScanner(string source, List<Slot> slots, FieldList fields)
{
    private const int MaxSlots = 1_000;

    /// <summary>Whether the instruction is that of a template, so that <c>((name))</c> is a slot.</summary>
    public bool IsTemplate { get; init; }

    /// <exception cref="InstructionException">A slot is malformed.</exception>
    public MarkedText Scan(int start, int end)
    {
        var (text, jumps) = (new StringBuilder(end - start), new List<(int, int)> { (0, start) });
        var at = start;
        while (at < end)
        {
            if (source[at] is MarkedText.Open or MarkedText.Close)
                throw Fault(at, "the character can't be used");
            var (slot, next) = SlotAt(at, end);
            if (slot is null)
            {
                text.Append(source[at++]);
                continue;
            }

            if (slots.Count == MaxSlots)
                throw Fault(at, $"there are more than {MaxSlots} fields");
            text.Append(MarkedText.Mark(slots.Count));
            slots.Add(slot);
            at = next;
            jumps.Add((text.Length, at));
        }

        return new MarkedText(source, text.ToString(), jumps);
    }

    private (Slot? Slot, int Next) SlotAt(int at, int end)
    {
        var rest = source.AsSpan(at, end - at);
        if (rest.StartsWith("${"))
            return EngineSlotAt(at + 2, end, "}");
        if (rest.StartsWith("{{"))
            return EngineSlotAt(at + 2, end, "}}");
        if (rest.StartsWith("$["))
            return FieldSlotAt(at, 2, end, "]");
        if (rest.StartsWith("[["))
            return FieldSlotAt(at, 2, end, "]]");
        return IsTemplate && rest.StartsWith("((") ? FieldSlotAt(at, 2, end, "))") : default;
    }

    private (Slot? Slot, int Next) EngineSlotAt(int at, int end, string close)
    {
        var name = NameAt(at, end);
        return Slot.IsOfEngine(name) && source.AsSpan(at + name.Length, end - at - name.Length).StartsWith(close)
            ? (new EngineSlot(name), at + name.Length + close.Length)
            : default;
    }

    private (Slot? Slot, int Next) FieldSlotAt(int start, int length, int end, string close)
    {
        var at = start + length;
        var name = NameAt(at, end);
        at += name.Length;
        var isRequired = at < end && source[at] == '!';
        if (at < end && source[at] is '!' or '?')
            at++;
        if (name.Length == 0 || at >= end || !(source[at] is ' ' or '|' || IsAt(at, end, close)))
            return default;
        var reader = new OperationReader(source, start, end, close);
        at = reader.Read(at);
        if (Slot.IsOfEngine(name))
            return (new EngineSlot(name), at);
        fields.Add(reader.ToField(name, isRequired));
        return (new FieldSlot(name, reader.Operations), at);
    }

    private bool IsAt(int at, int end, string text) => source.AsSpan(at, end - at).StartsWith(text);

    private string NameAt(int start, int end)
    {
        var at = start;
        if (at < end && source[at] is '@' or '#' or '$' or '_')
            at++;
        if (at >= end || !(char.IsAsciiLetter(source[at]) || at > start))
            return "";
        while (at < end && (char.IsAsciiLetterOrDigit(source[at]) || source[at] is '_' or '-' or '.'))
            at++;
        return source[start..at];
    }

    private InstructionException Fault(int at, string message) => new(message, Place.Of(source, at));
}

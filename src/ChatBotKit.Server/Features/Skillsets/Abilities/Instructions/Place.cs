namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

/// <summary>A place in an instruction. Lines and columns count from 1.</summary>
internal readonly record struct Place(int Line, int Column)
{
    public static Place Of(string text, int index)
    {
        var before = text.AsSpan(0, Math.Clamp(index, 0, text.Length));
        return new Place(before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }

    public override string ToString() => $"line {Line}, column {Column}";
}

/// <summary>An instruction can't be read. The message begins with the place of the fault.</summary>
internal sealed class InstructionException(string message, Place place) : Exception($"{place}: {message}");

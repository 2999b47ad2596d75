using System.Text;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Instructions;

/// <summary>Derives the names and descriptions of functions from those of abilities.</summary>
internal static class FunctionNames
{
    private const int MaxLength = 64;
    private const int ShortDescription = 10;
    private const string Nameless = "ability";

    /// <summary>
    /// Returns the name of a function. A name of letters, digits and underscores that begins with a letter is kept. In any other name, each
    /// run of other characters becomes one underscore, and letters become lower case.
    /// </summary>
    public static string Of(string ability)
    {
        var name = ability.Trim();
        if (name.Length is > 0 and <= MaxLength && char.IsAsciiLetter(name[0]) && name.All(IsWord))
            return name;
        var text = new StringBuilder(name.Length);
        foreach (var character in name.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(character))
                text.Append(character);
            else if (text.Length > 0 && text[^1] != '_')
                text.Append('_');
            if (text.Length == MaxLength)
                break;
        }

        var made = text.ToString().TrimEnd('_');
        if (made.Length == 0)
            return Nameless;
        return char.IsAsciiLetter(made[0]) ? made : Cut($"{Nameless}_{made}", 0);
    }

    /// <summary>Returns a name that no other function has: names that differ only in replaced characters must stay different.</summary>
    public static string Free(string name, ISet<string> taken)
    {
        var free = name;
        for (var number = 2; !taken.Add(free); number++)
        {
            var suffix = $"_{number}";
            free = Cut(name, suffix.Length) + suffix;
        }

        return free;
    }

    /// <summary>Returns the description of a function. Models ignore functions whose description says nothing.</summary>
    public static string Describe(string name, string description) =>
        description.Trim() is { Length: > ShortDescription } told ? told : $"Performs the action \"{name}\". {description.Trim()}".TrimEnd();

    private static string Cut(string name, int room) => name.Length <= MaxLength - room ? name : name[..(MaxLength - room)];

    private static bool IsWord(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';
}

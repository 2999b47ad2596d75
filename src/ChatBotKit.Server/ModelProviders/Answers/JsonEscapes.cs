using System.Globalization;

namespace ChatBotKit.Server.ModelProviders.Answers;

/// <summary>Repairs JSON that a model wrote.</summary>
internal static class JsonEscapes
{
    private const int Length = 6;

    /// <summary>Replaces each escape of an unpaired surrogate with U+FFFD, because JSON readers refuse it.</summary>
    public static string Mend(string json)
    {
        if (!json.Contains("\\u", StringComparison.Ordinal))
            return json;
        char[]? mended = null;
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] != '\\')
                continue;
            if (!IsUnit(json, i, out var unit))
            {
                i++;
                continue;
            }

            if (char.IsHighSurrogate(unit) && IsUnit(json, i + Length, out var next) && char.IsLowSurrogate(next))
                i += Length;
            else if (char.IsSurrogate(unit))
                "fffd".CopyTo((mended ??= json.ToCharArray()).AsSpan(i + 2));
            i += Length - 1;
        }

        return mended is null ? json : new string(mended);
    }

    private static bool IsUnit(string json, int at, out char unit)
    {
        unit = default;
        if (at + Length > json.Length || json[at] != '\\' || json[at + 1] != 'u'
            || !ushort.TryParse(json.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            return false;
        unit = (char)value;
        return true;
    }
}

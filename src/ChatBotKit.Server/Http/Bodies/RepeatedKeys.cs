using System.Text.Json;

namespace ChatBotKit.Server.Http;

/// <summary>
/// Finds duplicate keys in free-form JSON. A path is formatted only for a key that is found: in deep and wide data, the paths of
/// all members would take a thousand times the size of the data.
/// </summary>
internal static class RepeatedKeys
{
    /// <param name="value">The data.</param>
    /// <param name="path">The path of the data within the body.</param>
    /// <param name="most">The maximum number of keys to find.</param>
    /// <returns>The paths of the keys.</returns>
    public static IReadOnlyList<string> Find(JsonElement value, string path, int most)
    {
        var found = new List<string>();
        Find(value, new Place(Outer: null, path, Index: 0), most, found);
        return found;
    }

    private static void Find(JsonElement value, Place place, int most, List<string> found)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var element in value.EnumerateArray())
            {
                if (found.Count >= most)
                    return;
                Find(element, new Place(place, Name: null, index++), most, found);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in value.EnumerateObject())
            {
                if (found.Count >= most)
                    return;
                var inner = new Place(place, member.Name, Index: 0);
                if (!seen.Add(member.Name))
                    found.Add(inner.ToString());
                Find(member.Value, inner, most, found);
            }
        }
    }

    /// <summary>A member or element within its container. The outermost one has its whole path as its name.</summary>
    private sealed record Place(Place? Outer, string? Name, int Index)
    {
        public override string ToString() => (Outer, Name) switch
        {
            (null, _) => Name ?? "",
            (_, null) => $"{Outer}[{Index}]",
            _ => BodyFaults.Join(Outer.ToString(), Name),
        };
    }
}

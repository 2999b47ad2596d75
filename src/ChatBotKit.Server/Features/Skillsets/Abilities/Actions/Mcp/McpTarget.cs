using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions;

/// <summary>A remote MCP server, as an ability names it.</summary>
/// <param name="Url">The address of its endpoint.</param>
/// <param name="Headers">The headers of every request, which may contain credentials.</param>
internal sealed record McpTarget(Uri Url, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The names of the chosen tools; null for all.</summary>
    public IReadOnlySet<string>? Tools { get; init; }

    /// <summary>The text before the names of the tools.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>
    /// Identifies the server together with the credentials, because a server may offer different tools to different people. It is a hash,
    /// so that no credential is kept with a listing.
    /// </summary>
    public string Key => field ??= KeyOf(Url, Headers);

    public bool Has(string tool) => Tools is null || Tools.Contains(tool);

    /// <summary>Describes the server without headers, because logs print records.</summary>
    public override string ToString() => $"McpTarget {{ Host = {Url.Host} }}";

    private static string KeyOf(Uri url, IReadOnlyDictionary<string, string> headers)
    {
        var text = new StringBuilder(url.AbsoluteUri);
        foreach (var (name, value) in headers.OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase))
            text.Append(CultureInfo.InvariantCulture, $"\n{name.ToLowerInvariant()}: {value}");
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

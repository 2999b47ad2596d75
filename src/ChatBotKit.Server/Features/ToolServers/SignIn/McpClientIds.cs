using System.Security.Cryptography;
using System.Text.Json;
using ChatBotKit.Server.Errors;
using Microsoft.AspNetCore.DataProtection;

namespace ChatBotKit.Server.Features.ToolServers.SignIn;

/// <summary>
/// Registers MCP clients. The id of a client is its registration, encrypted, so that registering needs no credential and still stores
/// nothing.
/// </summary>
internal sealed class McpClientIds(Lazy<IDataProtectionProvider> protection)
{
    public const int MaxRedirectUris = 5;

    /// <summary>The maximum number of characters of all redirect addresses together. They are part of addresses themselves.</summary>
    public const int MaxCharacters = 2_000;

    private const int MaxName = 100;
    private const int MaxId = 8_000;

    /// <summary>Schemes that are never those of a program that waits for a code.</summary>
    private static readonly string[] RefusedSchemes = ["javascript", "data", "vbscript", "file", "blob", "about", "filesystem", "ftp", "ws", "wss"];

    private readonly Lazy<IDataProtector> _protector = new(() => protection.Value.CreateProtector("mcp-client"));

    /// <summary>Returns the id of a client of an integration.</summary>
    /// <param name="integrationId">The integration.</param>
    /// <param name="name">The name that the client gives itself.</param>
    /// <param name="redirectUris">The addresses to which codes may be sent.</param>
    public string Register(string integrationId, string? name, IReadOnlyList<string> redirectUris) =>
        _protector.Value.Protect(JsonSerializer.Serialize<string[]>([integrationId, FaultText.Clip(name ?? "", MaxName), .. redirectUris]));

    /// <summary>Reads an id; null when this server did not give it to a client of the integration.</summary>
    public McpRegisteredClient? Find(string integrationId, string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > MaxId)
            return null;
        try
        {
            return JsonSerializer.Deserialize<string[]>(_protector.Value.Unprotect(id)) is [var of, var name, .. var uris] && of == integrationId
                ? new McpRegisteredClient(id, name, uris)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether codes may be sent to the address: one with https, of a program on the same machine, or with the scheme of a program.</summary>
    public static bool IsAllowed(string text)
    {
        if (!text.All(letter => letter is > ' ' and < '\x7f' and not ('"' or '<' or '>' or '\\'))
            || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
            return false;
        return uri.Scheme switch
        {
            "https" => uri.Host.Length > 0,
            "http" => uri.IsLoopback,
            var scheme => !RefusedSchemes.Contains(scheme),
        };
    }
}

/// <summary>A client that has registered.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name that the client gives itself; empty for none.</param>
/// <param name="RedirectUris">The addresses to which codes may be sent.</param>
internal sealed record McpRegisteredClient(string Id, string Name, IReadOnlyList<string> RedirectUris);

using System.Text;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Secrets;

/// <summary>Turns the value of a secret into the text of a header.</summary>
internal static class SecretHeaders
{
    private static readonly SecretValue None = SecretValue.Missing("The secret has no value");

    /// <param name="place">The secret.</param>
    /// <param name="value">The value; null for none.</param>
    /// <param name="password">The password in the settings of a <c>basic</c> secret; null for none.</param>
    /// <param name="now">The time at which a token is signed.</param>
    public static SecretValue Of(SecretPlace place, string? value, string? password, DateTimeOffset now)
    {
        // A line break would end the header.
        value = value?.Trim();
        return place.Type.Value switch
        {
            "plain" => string.IsNullOrEmpty(value) ? None : HeaderOf(value),
            "bearer" => string.IsNullOrEmpty(value) ? None : HeaderOf($"{SchemaOf(place)} {value}"),
            "basic" => BasicOf(place, value, password),
            "jwt" => string.IsNullOrEmpty(value) ? None : SignedToken.Create(place, value, now),
            _ => SecretValue.Missing($"This server does not support secrets of the type \"{place.Type}\""),
        };
    }

    /// <summary>Returns the word before a token.</summary>
    public static string SchemaOf(SecretPlace place) => place.Setting("schema") ?? "Bearer";

    /// <summary>Returns a value with the text, unless no header can have that text.</summary>
    public static SecretValue HeaderOf(string text) => text.AsSpan().ContainsAnyExceptInRange(' ', '~')
        ? SecretValue.Missing("The secret contains line breaks or characters that no header can have")
        : SecretValue.Of(text);

    /// <summary>
    /// Returns the header of a name and a password. They are the value, as <c>name:password</c> or as a JSON object, or the settings;
    /// the value is then the password alone.
    /// </summary>
    private static SecretValue BasicOf(SecretPlace place, string? value, string? password)
    {
        var name = place.Setting("username") ?? place.Setting("user");
        if (name is not null)
            return password is null && string.IsNullOrEmpty(value) ? None : Encoded(name, password ?? value!);
        if (string.IsNullOrEmpty(value))
            return None;
        if (value.StartsWith('{') && SecretJson.ObjectOf(value) is { } pair)
        {
            return Text(pair, "username", "user") is { } user
                ? Encoded(user, Text(pair, "password", "pass") ?? "")
                : SecretValue.Missing("The secret is a JSON object without \"username\" and \"password\"");
        }

        var colon = value.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? SecretValue.Missing("The secret has the type basic, so its value must be a name and a password, as name:password")
            : Encoded(value[..colon], value[(colon + 1)..]);
    }

    private static SecretValue Encoded(string name, string password) => name.Contains(':', StringComparison.Ordinal)
        ? SecretValue.Missing("The name of the secret may not contain a colon")
        : SecretValue.Of($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"))}");

    private static string? Text(JsonObject pair, string name, string other) => SecretJson.Text(pair, name) ?? SecretJson.Text(pair, other);
}

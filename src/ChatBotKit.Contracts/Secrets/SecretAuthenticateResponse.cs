using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ChatBotKit;

/// <summary>Describes the page on which somebody signs in to give a secret its value.</summary>
public sealed record SecretAuthenticateResponse : ApiObject
{
    /// <summary>Gets the id of the secret.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the address of the page to open in a browser, valid for 15 minutes. Its query grants access.</summary>
    [SuppressMessage("Design", "CA1056", Justification = "Signed addresses must be sent exactly as they came.")]
    public required string Url { get; init; }

    /// <summary>Writes the answer without the query of its address, which grants access.</summary>
    /// <param name="builder">The builder that <see cref="object.ToString"/> reads.</param>
    /// <returns>True, because the record always writes something.</returns>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Id = {Id}, Url = {Url?.Split('?')[0]}");
        return true;
    }
}

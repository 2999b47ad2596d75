using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ChatBotKit;

/// <summary>Describes where somebody signs in, so that a secret gets its value.</summary>
public sealed record SecretAuthenticateResponse : ApiObject
{
    /// <summary>Gets the id of the secret.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the page to open in a browser, good for a quarter of an hour; its query is a permission.</summary>
    [SuppressMessage("Design", "CA1056", Justification = "Signed addresses must be sent exactly as they came.")]
    public required string Url { get; init; }

    /// <summary>Writes the answer without the query of its address, which is a permission.</summary>
    /// <param name="builder">What <see cref="object.ToString"/> is made of.</param>
    /// <returns>True: something was written.</returns>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Id = {Id}, Url = {Url?.Split('?')[0]}");
        return true;
    }
}

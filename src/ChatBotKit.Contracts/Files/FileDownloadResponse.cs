using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ChatBotKit;

/// <summary>Describes the address from which the bytes of a file can be downloaded.</summary>
public sealed record FileDownloadResponse : ApiObject
{
    /// <summary>Gets the address, valid for a short time. Its query grants access, so no credential is needed.</summary>
    [SuppressMessage("Design", "CA1056", Justification = "Signed addresses must be sent exactly as they came.")]
    public required string Url { get; init; }

    /// <summary>Writes the answer without the query of its address, which grants access.</summary>
    /// <param name="builder">The builder that <see cref="object.ToString"/> reads.</param>
    /// <returns>True, because the record always writes something.</returns>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"Url = {Url?.Split('?')[0]}");
        return true;
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.AdminConsole.Web;

/// <summary>The fields of a form. An empty field counts as none.</summary>
internal sealed class Form(IFormCollection fields)
{
    public IFormFileCollection Files => fields.Files;

    public string? Text(string name) => fields[name] is [{ } value, ..] && value.Trim() is { Length: > 0 } text ? text.ReplaceLineEndings("\n") : null;

    /// <summary>Returns the value of a checkbox.</summary>
    public bool IsOn(string name) => fields[name].Contains("on");

    public double? Number(string name) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    public int? Count(string name) => int.TryParse(Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}

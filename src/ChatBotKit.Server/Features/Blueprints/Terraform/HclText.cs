using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatBotKit.Server.Features.Blueprints.Terraform;

/// <summary>
/// Writes values in the configuration language of Terraform. A text is data and never an expression: the marks of templates in it are
/// doubled, so it can't read variables or files of the machine that applies the configuration.
/// </summary>
internal static class HclText
{
    /// <summary>Returns a quoted text.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 16).Append('"');
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            // "${" and "%{" begin templates.
            if (character is '$' or '%' && index + 1 < text.Length && text[index + 1] == '{')
                quoted.Append(character).Append(character);
            else
                AppendCharacter(quoted, character);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Appends a value of JSON. The first line begins where the text ends.</summary>
    /// <param name="to">The text.</param>
    /// <param name="value">The value.</param>
    /// <param name="indent">The number of spaces before the line of the value.</param>
    public static void AppendValue(StringBuilder to, JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject members when members.Count > 0:
                to.Append("{\n");
                foreach (var (name, member) in members)
                {
                    to.Append(' ', indent + 2).Append(Quote(name)).Append(" = ");
                    AppendValue(to, member, indent + 2);
                    to.Append('\n');
                }

                to.Append(' ', indent).Append('}');
                break;
            case JsonArray elements when elements.Count > 0:
                to.Append("[\n");
                foreach (var element in elements)
                {
                    to.Append(' ', indent + 2);
                    AppendValue(to, element, indent + 2);
                    to.Append(",\n");
                }

                to.Append(' ', indent).Append(']');
                break;
            default:
                to.Append(value switch
                {
                    null => "null",
                    JsonObject => "{}",
                    JsonArray => "[]",
                    _ when value.GetValueKind() == JsonValueKind.String => Quote((string)value!),
                    _ => value.ToJsonString(),
                });
                break;
        }
    }

    /// <summary>Returns the name of an attribute: <c>dataset_id</c> for <c>datasetId</c>.</summary>
    public static string Name(string field)
    {
        var name = new StringBuilder(field.Length + 4);
        foreach (var character in field)
        {
            if (char.IsAsciiLetterUpper(character) && name.Length > 0)
                name.Append('_');
            name.Append(char.ToLowerInvariant(character));
        }

        return name.ToString();
    }

    private static void AppendCharacter(StringBuilder to, char character)
    {
        switch (character)
        {
            case '"' or '\\':
                to.Append('\\').Append(character);
                break;
            case '\n':
                to.Append("\\n");
                break;
            case '\r':
                to.Append("\\r");
                break;
            case '\t':
                to.Append("\\t");
                break;
            case var control when char.IsControl(control) || control is '\u2028' or '\u2029' or '\ufeff':
                to.Append(CultureInfo.InvariantCulture, $"\\u{(int)control:x4}");
                break;
            default:
                to.Append(character);
                break;
        }
    }
}

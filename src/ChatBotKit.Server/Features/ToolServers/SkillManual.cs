using System.Globalization;
using System.Text;
using ChatBotKit.Server.ConversationEngine;

namespace ChatBotKit.Server.Features.ToolServers;

/// <summary>Writes the manual of a skill server, from which a program or a model learns how to call it.</summary>
internal static class SkillManual
{
    /// <param name="server">The integration.</param>
    /// <param name="functions">The functions.</param>
    /// <param name="address">The address to which calls are sent, without the access token.</param>
    public static string Of(ToolServer server, IReadOnlyList<EngineFunction> functions, string address)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Line(server.Name.Length > 0 ? server.Name : "Skills")}\n\n");
        if (server.Description.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"{server.Description.Trim()}\n\n");
        text.Append(CultureInfo.InvariantCulture, $$$"""
            ## How to call an ability

            Send a POST request with a JSON body to `{{{address}}}`, with the header `Authorization: Bearer <access token>`:

            ```json
            {"ability": "<name>", "input": {}}
            ```

            The response is text. A text that starts with `Error:` says why the ability failed. With `?format=json` the response is
            `{"result": …}` or `{"error": "…"}`. With `?session=<id>`, calls with the same id share their state.

            ## Abilities


            """);
        if (functions.Count == 0)
            text.Append("There are no abilities.\n");
        foreach (var function in functions)
        {
            text.Append(CultureInfo.InvariantCulture, $"### {function.Name}\n\n{function.Description.Trim()}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"Input, as JSON Schema:\n\n```json\n{function.Parameters.GetRawText()}\n```\n\n");
        }

        return text.ToString();
    }

    private static string Line(string text) => text.ReplaceLineEndings(" ").Trim();
}

using System.Text;
using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Blueprints.Terraform;

/// <summary>
/// Writes a blueprint as a configuration for Terraform with the provider <c>chatbotkit/chatbotkit</c>. Resources refer to one another by
/// the names of their blocks.
/// </summary>
internal sealed class TerraformExport
{
    public const string MediaType = "application/terraform+hcl";

    private const string Provider = """
        terraform {
          required_providers {
            chatbotkit = {
              source = "chatbotkit/chatbotkit"
            }
          }
        }

        """;

    private readonly StringBuilder _text = new(Provider);
    private readonly HashSet<string> _blocks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);

    private TerraformExport()
    {
    }

    /// <param name="kind">The kind of blueprints.</param>
    /// <param name="contents">The blueprint.</param>
    public static string Write(ResourceKind kind, BlueprintContents contents)
    {
        var export = new TerraformExport();
        var (blueprint, members) = (contents.Blueprint, contents.Members);
        var blueprintAddress = export.Name(kind, blueprint);
        foreach (var member in members)
            export.Name(member.Kind, member.Row);
        var ids = members.Select(member => member.Row.Id).ToHashSet(StringComparer.Ordinal);
        export.AddBlock(kind, blueprint, BlueprintItems.Export(new BlueprintMember(kind, blueprint), ids), blueprintAddress: null);
        foreach (var member in members)
            export.AddBlock(member.Kind, member.Row, BlueprintItems.Export(member, ids), blueprintAddress);
        return export._text.ToString();
    }

    private static string TypeOf(ResourceKind kind) =>
        $"chatbotkit_{(kind.Parent is { } parent ? $"{parent}_" : "")}{HclText.Name(BlueprintCategories.NameOf(kind))}";

    /// <summary>Gives a resource the address of its block, from its alias or name.</summary>
    private string Name(ResourceKind kind, ResourceRow row)
    {
        var document = ResourceEdit.Read(row.Data);
        var text = row.Key ?? (string?)document[ResourceFields.Name];
        var label = new string([.. (text ?? "").Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '_').Take(60)]).Trim('_');
        if (label.Length == 0 || !char.IsAsciiLetter(label[0]))
            label = $"{HclText.Name(BlueprintCategories.NameOf(kind))}{(label.Length == 0 ? "" : "_")}{label}";
        var address = $"{TypeOf(kind)}.{label}";
        for (var number = 2; !_blocks.Add(address); number++)
            address = $"{TypeOf(kind)}.{label}_{number}";
        return _addresses[row.Id] = address;
    }

    private void AddBlock(ResourceKind kind, ResourceRow row, JsonObject item, string? blueprintAddress)
    {
        var address = _addresses[row.Id].Split('.');
        _text.Append($"\nresource \"{address[0]}\" \"{address[1]}\" {{\n");
        if (blueprintAddress is not null)
            _text.Append($"  blueprint_id = {blueprintAddress}.id\n");
        foreach (var (field, value) in item)
        {
            if (field == ResourceFields.Id || value is null)
                continue;
            _text.Append($"  {HclText.Name(field)} = ");
            if ((kind.Fields.IsReference(field) || field == kind.ParentParameter) && _addresses.TryGetValue((string)value!, out var target))
                _text.Append(target).Append(".id");
            else
                HclText.AppendValue(_text, value, indent: 2);
            _text.Append('\n');
        }

        _text.Append("}\n");
    }
}

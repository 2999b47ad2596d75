using System.Reflection;
using ChatBotKit.Server.Tests;
using Xunit.v3;

namespace ChatBotKit.Faults;

/// <summary>Marks tests that do not use the database of the server, or that test its file. They are skipped on PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OfFilesAttribute(string reason = TestStore.OfFiles) : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => Assert.SkipWhen(TestStore.IsPostgres, reason);
}

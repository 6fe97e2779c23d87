export default function Page() {
  return <p>A route group and a parameter in one path.</p>;
}

export { greet } from '../../libs/shared/greet';
